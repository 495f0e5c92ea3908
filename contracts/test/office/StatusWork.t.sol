// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AnchorWork} from "./AnchorWork.t.sol";

/// @title Statuses are set: of one certificate, of several, of a whole batch
abstract contract StatusWork is AnchorWork {
    struct Changed {
        uint256 batch;
        uint32 index;
    }

    Changed[] private _changed;
    mapping(uint256 batch => mapping(uint32 index => uint8)) internal statusOf;
    mapping(uint256 batch => uint8) internal batchStatusOf;

    function setStatus(uint256 who, uint256 which, uint32 index, uint8 status) public virtual {
        if (anchored.length == 0) return;
        which %= anchored.length;
        (index, status) = (index % 200, status % 17);
        Anchored storage batch = anchored[which];
        bool isGood = _isLawful(which, index, status);
        bytes memory call = abi.encodeCall(
            statuses.setStatus,
            (batch.agency, batch.root, index, status, 1, 1)
        );
        uint256 allowed = isGood ? _mayChangeStatuses(batch.agency) : 0;
        if (_act(who, allowed, address(statuses), call)) _changeOne(which, index, status);
    }

    /// @dev Up to three certificates, up to 100 places apart; a gap of 0 names the same one twice.
    function setStatuses(
        uint256 who,
        uint256 which,
        uint32 first,
        uint32 gap,
        uint8 status
    ) public virtual {
        if (anchored.length == 0) return;
        which %= anchored.length;
        status %= 17;
        uint32[] memory indices = new uint32[](gap % 4);
        bool isGood = indices.length > 0;
        for (uint32 i = 0; i < indices.length; i++) {
            indices[i] = (first % 200) + i * (gap % 101);
            if (!_isLawful(which, indices[i], status)) isGood = false;
        }
        if (indices.length > 1 && gap % 101 == 0) isGood = false;
        Anchored storage batch = anchored[which];
        bytes memory call = abi.encodeCall(
            statuses.setStatuses,
            (batch.agency, batch.root, indices, status, 1, 1)
        );
        uint256 allowed = isGood ? _mayChangeStatuses(batch.agency) : 0;
        if (!_act(who, allowed, address(statuses), call)) return;
        for (uint256 i = 0; i < indices.length; i++) _changeOne(which, indices[i], status);
    }

    function setBatchStatus(uint256 who, uint256 which, uint8 status) public virtual {
        if (anchored.length == 0) return;
        which %= anchored.length;
        status %= 17;
        Anchored storage batch = anchored[which];
        bool isGood = _mayFollow(batchStatusOf[which], status);
        bytes memory call = abi.encodeCall(
            statuses.setBatchStatus,
            (batch.agency, batch.root, status, 1, 1)
        );
        uint256 allowed = isGood ? _mayChangeStatuses(batch.agency) : 0;
        if (!_act(who, allowed, address(statuses), call)) return;
        batchStatusOf[which] = status;
        _compareBatchStatus(which);
    }

    /// @dev Compares every status that was ever set with the books.
    function _compareStatuses() internal {
        for (uint256 i = 0; i < _changed.length; i++) {
            _compareStatus(_changed[i].batch, _changed[i].index);
        }
        for (uint256 i = 0; i < anchored.length; i++) _compareBatchStatus(i);
    }

    function _changeOne(uint256 which, uint32 index, uint8 status) private {
        statusOf[which][index] = status;
        _changed.push(Changed(which, index));
        _compareStatus(which, index);
    }

    function _compareStatus(uint256 which, uint32 index) private {
        Anchored storage batch = anchored[which];
        _expect(statuses.statusOf(batch.agency, batch.root, index) == statusOf[which][index]);
    }

    function _compareBatchStatus(uint256 which) private {
        Anchored storage batch = anchored[which];
        _expect(statuses.batchStatusOf(batch.agency, batch.root) == batchStatusOf[which]);
    }

    function _isLawful(uint256 which, uint32 index, uint8 to) private view returns (bool) {
        return index < anchored[which].record.size && _mayFollow(statusOf[which][index], to);
    }

    function _mayFollow(uint8 from, uint8 to) private pure returns (bool) {
        bool isKnown = to <= 6 || to == 15;
        return isKnown && from != to && (from == 0 || from == 1);
    }
}
