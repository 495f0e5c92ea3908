// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";
import {Codes} from "./test/Codes.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

contract CertificateCatalogTest is Deployment {
    function test_theFirstVersionCreatesTheTypeAndTellsEverything() public {
        ICertificateCatalog.Publication memory p = _publication();
        vm.expectEmit(address(catalog));
        emit ICertificateCatalog.TypePublished(
            TYPE,
            COUNTRY,
            1,
            1,
            p.schemaHash,
            p.name,
            p.nameEn,
            p.alwaysDisclosed,
            p.validity,
            p.effectiveFrom,
            p.uri,
            BASIS,
            NATION,
            1
        );
        vm.prank(NATION);
        uint16 version = catalog.publishType(TYPE, COUNTRY, p, BASIS);

        vm.assertEq(version, 1);
        vm.assertEq(catalog.schemaHashOf(TYPE, 1), p.schemaHash);
        vm.assertTrue(catalog.typeCodeOf(1) == TYPE);
        _assertType(TYPE, ICertificateCatalog.CertificateType(1, COUNTRY, 1, false));
    }

    function test_theNextVersionKeepsTheNumberAndTheOlderSchema() public {
        _publish(TYPE);
        ICertificateCatalog.Publication memory p = _publication();
        p.schemaHash = keccak256("schema 2");
        vm.prank(NATION);
        vm.assertEq(catalog.publishType(TYPE, COUNTRY, p, BASIS), 2);

        vm.assertEq(catalog.schemaHashOf(TYPE, 1), keccak256("schema"));
        vm.assertEq(catalog.schemaHashOf(TYPE, 2), keccak256("schema 2"));
        _assertType(TYPE, ICertificateCatalog.CertificateType(1, COUNTRY, 2, false));
        vm.assertEq(catalog.sequence(), 2);
    }

    function test_typesAreNumberedFromOneInTheOrderOfTheirCreation() public {
        _publish(TYPE);
        _publish(OTHER_TYPE);
        vm.assertTrue(catalog.typeCodeOf(1) == TYPE);
        vm.assertTrue(catalog.typeCodeOf(2) == OTHER_TYPE);
        vm.assertTrue(catalog.typeCodeOf(0) == 0);
        vm.assertTrue(catalog.typeCodeOf(3) == 0);
    }

    function test_anUnknownTypeIsAllZero() public view {
        _assertType(TYPE, ICertificateCatalog.CertificateType(0, 0, 0, false));
        vm.assertEq(catalog.schemaHashOf(TYPE, 1), 0);
    }

    function test_aCityPublishesItsLocalType() public {
        _publishLocally(CITY, SANYA);
        _assertType(TYPE, ICertificateCatalog.CertificateType(1, SANYA, 1, false));
    }

    function test_theAuthoritiesAboveACityPublishForIt() public {
        _publishLocally(PROVINCE, SANYA);
        _publishLocally(NATION, SANYA);
        vm.assertEq(catalog.typeOf(TYPE).latestVersion, 2);
    }

    function test_nobodyElsePublishesForACity() public {
        _refuseLocally(DISTRICT, SANYA);
        _refuseLocally(NEIGHBOUR_CITY, SANYA);
        _refuseLocally(NEIGHBOUR_PROVINCE, SANYA);
        _refuseLocally(STRANGER, SANYA);
    }

    function test_onlyTheNationalAuthorityPublishesNationalTypes() public {
        _refuseLocally(PROVINCE, COUNTRY);
        _refuseLocally(STRANGER, COUNTRY);
        _publishLocally(NATION, COUNTRY);
    }

    function test_aTypeStaysInTheRegionOfItsFirstVersion() public {
        _publishLocally(CITY, SANYA);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICertificateCatalog.CertificateCatalogOtherRegion.selector,
                TYPE,
                SANYA
            )
        );
        _publishLocally(NATION, HAINAN);
    }

    function test_anInvalidRegionIsRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                ICertificateCatalog.CertificateCatalogInvalidRegion.selector,
                uint24(460001)
            )
        );
        _publishLocally(NATION, 460001);
    }

    // Several at once

    function test_severalVersionsArePublishedInTheirOrderEachAsIfAlone() public {
        ICertificateCatalog.Order[] memory orders = _orders();
        ICertificateCatalog.Publication memory p = orders[1].publication;
        vm.expectEmit(address(catalog));
        emit ICertificateCatalog.TypePublished(
            OTHER_TYPE,
            SANYA,
            1,
            2,
            p.schemaHash,
            p.name,
            p.nameEn,
            p.alwaysDisclosed,
            p.validity,
            p.effectiveFrom,
            p.uri,
            "another basis",
            NATION,
            2
        );
        vm.prank(NATION);
        catalog.publishTypes(orders);

        _assertType(TYPE, ICertificateCatalog.CertificateType(1, COUNTRY, 2, false));
        _assertType(OTHER_TYPE, ICertificateCatalog.CertificateType(2, SANYA, 1, false));
        vm.assertEq(catalog.schemaHashOf(TYPE, 1), keccak256("schema"));
        vm.assertEq(catalog.schemaHashOf(OTHER_TYPE, 1), keccak256("another schema"));
        vm.assertEq(catalog.schemaHashOf(TYPE, 2), keccak256("schema 2"));
        vm.assertEq(catalog.sequence(), 3);
    }

    function test_whenOneVersionIsRefusedNoneIsPublished() public {
        _expectUnauthorised(CITY, COUNTRY);
        vm.prank(CITY);
        catalog.publishTypes(_orders());

        ICertificateCatalog.Order[] memory orders = _orders();
        orders[2].region = HAINAN;
        vm.expectRevert(
            abi.encodeWithSelector(
                ICertificateCatalog.CertificateCatalogOtherRegion.selector,
                TYPE,
                COUNTRY
            )
        );
        vm.prank(NATION);
        catalog.publishTypes(orders);
        vm.assertEq(catalog.sequence(), 0);
        _assertType(TYPE, ICertificateCatalog.CertificateType(0, 0, 0, false));
    }

    function test_aCityPublishesSeveralLocalTypes() public {
        ICertificateCatalog.Order[] memory orders = _orders();
        for (uint256 i = 0; i < orders.length; i++) orders[i].region = SANYA;
        vm.prank(CITY);
        catalog.publishTypes(orders);
        vm.assertEq(catalog.sequence(), 3);
    }

    function test_publishingNothingIsRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(ICertificateCatalog.CertificateCatalogNothingToPublish.selector)
        );
        vm.prank(NATION);
        catalog.publishTypes(new ICertificateCatalog.Order[](0));
    }

    function test_aTypeCodeWithABadCheckCharacterIsRefused() public {
        _refuseCode(bytes21("111000000000123450001"));
    }

    function test_aTypeCodeThatDoesNotEndInThreeDigitsIsRefused() public {
        _refuseCode(Codes.typeCode("11100000000012345", "A01"));
        _refuseCode(Codes.typeCode("11100000000012345", "0/1"));
        _refuseCode(Codes.typeCode("11100000000012345", "00:"));
        _refuseCode(Codes.typeCode("11100000000012345", ""));
        _refuseCode(bytes21(0));
    }

    function test_retiringATypeEndsItsVersions() public {
        _publish(TYPE);
        vm.expectEmit(address(catalog));
        emit ICertificateCatalog.TypeRetired(TYPE, BASIS, NATION, 2);
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);

        _assertType(TYPE, ICertificateCatalog.CertificateType(1, COUNTRY, 1, true));
        _expectRetired();
        _publishLocally(NATION, COUNTRY);
    }

    function test_aRetiredTypeIsNotRetiredAgain() public {
        _publish(TYPE);
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
        _expectRetired();
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
    }

    function test_anUnknownTypeIsNotRetired() public {
        vm.expectRevert(
            abi.encodeWithSelector(ICertificateCatalog.CertificateCatalogUnknownType.selector, TYPE)
        );
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
    }

    function test_onlyAnAuthorityOverTheTypesRegionRetiresIt() public {
        _publishLocally(CITY, SANYA);
        _expectUnauthorised(NEIGHBOUR_CITY, SANYA);
        vm.prank(NEIGHBOUR_CITY);
        catalog.retireType(TYPE, BASIS);

        vm.prank(PROVINCE);
        catalog.retireType(TYPE, BASIS);
    }

    /// @dev A new national type, a new local one, and the next version of the first.
    function _orders() private view returns (ICertificateCatalog.Order[] memory orders) {
        orders = new ICertificateCatalog.Order[](3);
        orders[0] = ICertificateCatalog.Order(TYPE, COUNTRY, _publication(), BASIS);
        orders[1] = ICertificateCatalog.Order(OTHER_TYPE, SANYA, _publication(), "another basis");
        orders[1].publication.schemaHash = keccak256("another schema");
        orders[1].publication.validity = "";
        orders[2] = ICertificateCatalog.Order(TYPE, COUNTRY, _publication(), BASIS);
        orders[2].publication.schemaHash = keccak256("schema 2");
    }

    function _publishLocally(address caller, uint24 region) private {
        vm.prank(caller);
        catalog.publishType(TYPE, region, _publication(), BASIS);
    }

    function _refuseLocally(address caller, uint24 region) private {
        _expectUnauthorised(caller, region);
        _publishLocally(caller, region);
    }

    function _refuseCode(bytes21 code) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                ICertificateCatalog.CertificateCatalogMalformedType.selector,
                code
            )
        );
        vm.prank(NATION);
        catalog.publishType(code, COUNTRY, _publication(), BASIS);
    }

    function _expectRetired() private {
        vm.expectRevert(
            abi.encodeWithSelector(ICertificateCatalog.CertificateCatalogRetiredType.selector, TYPE)
        );
    }

    function _assertType(
        bytes21 code,
        ICertificateCatalog.CertificateType memory expected
    ) private view {
        vm.assertEq(keccak256(abi.encode(catalog.typeOf(code))), keccak256(abi.encode(expected)));
    }
}
