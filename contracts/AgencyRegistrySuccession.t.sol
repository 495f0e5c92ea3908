// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {Codes} from "./test/Codes.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @title Agencies that another takes over from
contract AgencyRegistrySuccessionTest is Deployment {
    IAgencyRegistry.AgencyStatus private constant ACTIVE = IAgencyRegistry.AgencyStatus.Active;
    IAgencyRegistry.AgencyStatus private constant SUSPENDED = IAgencyRegistry
        .AgencyStatus
        .Suspended;
    IAgencyRegistry.AgencyStatus private constant CLOSED = IAgencyRegistry.AgencyStatus.Closed;

    bytes32 private constant ROOT = keccak256("root");

    address private immutable heirsOperator = _account("successor's operator");
    bytes18 private immutable heir = Codes.complete("11460200MB0000001");
    bytes18 private immutable nextHeir = Codes.complete("11460200MB0000002");

    /// @dev An agency of Sanya that has issued, and one that may take over from it, with an operator.
    function setUp() public override {
        super.setUp();
        _startIssuing();
        _anchor(OPERATOR, ROOT, 10);
        _register(heir, SANYA);
        _employ(heir, heirsOperator);
    }

    function test_aSuccessionClosesTheAgencyAndIsTold() public {
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.AgencySucceeded(AGENCY, heir, NOW - 9, BASIS, CITY, 6);
        vm.prank(CITY);
        registry.succeedAgency(AGENCY, heir, NOW - 9, BASIS);

        vm.assertTrue(registry.successorOf(AGENCY) == heir);
        vm.assertEq(registry.sequence(), 6);
        _assertAgency(CLOSED, NOW - 9);
        _assertActive(heir);
    }

    function test_anAgencyHasNoSuccessorAtFirst() public view {
        vm.assertTrue(registry.successorOf(AGENCY) == 0);
        vm.assertTrue(registry.successorOf(nextHeir) == 0);
    }

    function test_aSuspendedAgencyIsClosedByItsSuccession() public {
        _setStatus(AGENCY, SUSPENDED);
        _succeedBy(CITY, AGENCY, heir);
        _assertAgency(CLOSED, NOW + 5);
    }

    function test_anAgencyThatClosedBeforeKeepsTheTimeItDid() public {
        _setStatus(AGENCY, CLOSED);
        _succeedBy(CITY, AGENCY, heir);
        _assertAgency(CLOSED, NOW);
        vm.assertTrue(registry.successorOf(AGENCY) == heir);
    }

    function test_anAgencyHasOneSuccessorForGood() public {
        _register(nextHeir, SANYA);
        _succeedBy(CITY, AGENCY, heir);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistrySuccessorNamed.selector,
                AGENCY,
                heir
            )
        );
        _succeedBy(CITY, AGENCY, nextHeir);
    }

    function test_aSuccessorIsAnotherActiveAgency() public {
        _refuseSuccessor(AGENCY);
        _refuseSuccessor(nextHeir);
        _refuseSuccessor(0);
        _setStatus(heir, SUSPENDED);
        _refuseSuccessor(heir);
        _setStatus(heir, CLOSED);
        _refuseSuccessor(heir);
        _assertAgency(ACTIVE, NOW - 1);
    }

    function test_twoAgenciesDoNotSucceedEachOther() public {
        _succeedBy(CITY, AGENCY, heir);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInvalidSuccessor.selector,
                heir,
                AGENCY
            )
        );
        _succeedBy(CITY, heir, AGENCY);
    }

    function test_anUnknownAgencyIsNotSucceeded() public {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryUnknownAgency.selector, nextHeir)
        );
        _succeedBy(CITY, nextHeir, heir);
    }

    function test_onlyAnAuthorityOverBothAgenciesNamesASuccessor() public {
        _register(OTHER_AGENCY, HAIKOU);
        _refuseBy(NEIGHBOUR_CITY, AGENCY, OTHER_AGENCY, SANYA);
        _refuseBy(NEIGHBOUR_PROVINCE, AGENCY, OTHER_AGENCY, SANYA);
        _refuseBy(OPERATOR, AGENCY, OTHER_AGENCY, SANYA);
        _refuseBy(STRANGER, AGENCY, OTHER_AGENCY, SANYA);
        _refuseBy(CITY, AGENCY, OTHER_AGENCY, HAIKOU);
        _succeedBy(PROVINCE, AGENCY, OTHER_AGENCY);
    }

    function test_aSucceededAgencyIssuesNothingAnyMore() public {
        _succeedBy(CITY, AGENCY, heir);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInactiveAgency.selector,
                AGENCY,
                CLOSED
            )
        );
        _anchor(OPERATOR, keccak256("another"), 1);
    }

    // Who looks after what a closed agency issued

    function test_theSuccessorsOperatorsChangeTheStatusesOfWhatTheAgencyIssued() public {
        _assertMayChange(heirsOperator, false);
        _succeedBy(CITY, AGENCY, heir);
        _assertMayChange(heirsOperator, true);
        vm.prank(heirsOperator);
        statuses.setStatus(AGENCY, ROOT, 0, 5, NOW, 0);
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 0), 5);
    }

    function test_theAgencysOwnOperatorsDoNotAnyMoreButItsAuthoritiesDo() public {
        _succeedBy(CITY, AGENCY, heir);
        _assertMayChange(OPERATOR, false);
        _assertMayChange(STRANGER, false);
        _assertMayChange(NEIGHBOUR_CITY, false);
        _assertMayChange(CITY, true);
        _assertMayChange(NATION, true);
    }

    function test_anAgencysOperatorsDoNotChangeWhatItsSuccessorIssued() public {
        _succeedBy(CITY, AGENCY, heir);
        vm.assertFalse(registry.mayChangeStatus(OPERATOR, heir));
        vm.assertTrue(registry.mayChangeStatus(heirsOperator, heir));
    }

    function test_aClosedAgencyWithoutASuccessorHasOnlyItsAuthorities() public {
        _setStatus(AGENCY, CLOSED);
        _assertMayChange(OPERATOR, false);
        _assertMayChange(heirsOperator, false);
        _assertMayChange(address(0), false);
        _assertMayChange(CITY, true);
    }

    function test_theSuccessorMustBeActive() public {
        _succeedBy(CITY, AGENCY, heir);
        _setStatus(heir, SUSPENDED);
        _assertMayChange(heirsOperator, false);
        _setStatus(heir, ACTIVE);
        _assertMayChange(heirsOperator, true);
        _setStatus(heir, CLOSED);
        _assertMayChange(heirsOperator, false);
        _assertMayChange(CITY, true);
    }

    function test_theSuccessorsOperatorsActWithinTheirWindows() public {
        _succeedBy(CITY, AGENCY, heir);
        vm.prank(CITY);
        registry.removeOperator(heirsOperator, BASIS);
        _assertMayChange(heirsOperator, false);
    }

    function test_successionsAreFollowedToTheAgencyThatIsNotClosed() public {
        _register(nextHeir, SANYA);
        _employ(nextHeir, STRANGER);
        _succeedBy(CITY, AGENCY, heir);
        _succeedBy(CITY, heir, nextHeir);
        _assertMayChange(STRANGER, true);
        _assertMayChange(heirsOperator, false);
        vm.assertTrue(registry.mayChangeStatus(STRANGER, heir));
        vm.assertTrue(registry.successorOf(AGENCY) == heir);
    }

    function test_ofALineOfSuccessionsExactlyTheLastOnesOperatorsAct() public {
        bytes18[] memory line = new bytes18[](12);
        for (uint256 last = 0; last < line.length; last++) {
            line[last] = Codes.complete(Codes.random(last + 1));
            _register(line[last], SANYA);
            _employ(line[last], address(uint160(1000 + last)));
            if (last > 0) _succeedBy(CITY, line[last - 1], line[last]);
            _assertOnlyTheLastOnesOperatorActs(line, last);
        }
    }

    // Steps

    function _succeedBy(address caller, bytes18 agency, bytes18 successor) private {
        vm.prank(caller);
        registry.succeedAgency(agency, successor, NOW + 5, BASIS);
    }

    function _setStatus(bytes18 agency, IAgencyRegistry.AgencyStatus status) private {
        vm.prank(CITY);
        registry.setAgencyStatus(agency, status, NOW, BASIS);
    }

    function _refuseSuccessor(bytes18 successor) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInvalidSuccessor.selector,
                AGENCY,
                successor
            )
        );
        _succeedBy(CITY, AGENCY, successor);
    }

    function _refuseBy(address caller, bytes18 agency, bytes18 successor, uint24 region) private {
        _expectUnauthorised(caller, region);
        _succeedBy(caller, agency, successor);
    }

    function _assertOnlyTheLastOnesOperatorActs(bytes18[] memory line, uint256 last) private view {
        for (uint256 i = 0; i <= last; i++) {
            for (uint256 j = 0; j <= last; j++) {
                address operator = address(uint160(1000 + j));
                vm.assertTrue(registry.mayChangeStatus(operator, line[i]) == (j == last));
                vm.assertTrue(
                    registry.isActiveOperator(operator, line[i]) == (j == last && i == j)
                );
            }
        }
    }

    function _assertMayChange(address account, bool expected) private view {
        vm.assertTrue(registry.mayChangeStatus(account, AGENCY) == expected);
    }

    function _assertActive(bytes18 agency) private view {
        vm.assertTrue(registry.agencyOf(agency).status == ACTIVE);
    }

    function _assertAgency(IAgencyRegistry.AgencyStatus status, uint64 since) private view {
        vm.assertEq(
            keccak256(abi.encode(registry.agencyOf(AGENCY))),
            keccak256(abi.encode(IAgencyRegistry.Agency(SANYA, status, since)))
        );
    }
}
